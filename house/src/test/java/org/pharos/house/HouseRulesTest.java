package org.pharos.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.jspecify.annotations.NullMarked;

/** The rules of ARCHITECTURE.md, one field each. */
@AnalyzeClasses(packages = "org.pharos", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
  private static final String SCHEMAS = "org.pharos.schemas..";
  private static final String TRANSFORMS = "org.pharos.transforms..";
  private static final String DOORS = "org.pharos.transforms.cassandra..";
  private static final String ERRORS = "org.pharos.transforms.errors..";
  private static final String TALLIES = "org.pharos.transforms.tallies..";
  private static final String PIPELINES = "org.pharos.pipelines..";
  private static final String RUNNERS = "org.pharos.runners..";
  private static final String DRILLS = "org.pharos.drills..";
  private static final String LOCAL = "org.pharos.local..";
  private static final String ADAPTER = "org.pharos.cassandraio..";
  private static final String BULK = "org.pharos.bulk..";
  private static final String DRIVER = "com.datastax.oss.driver..";

  private static final DescribedPredicate<JavaClass> SUBJECT_ROOM =
      resideInAPackage("org.pharos.transforms.(*)..")
          .and(not(resideInAnyPackage(DOORS, ERRORS, TALLIES)))
          .as("in the room of a subject");

  @ArchTest
  static final ArchRule the_ladder_goes_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.pharos..")
          .layer("schemas")
          .definedBy(SCHEMAS)
          .layer("transforms")
          .definedBy(TRANSFORMS)
          .layer("pipelines")
          .definedBy(PIPELINES)
          .layer("runners")
          .definedBy(RUNNERS)
          .layer("local")
          .definedBy(LOCAL)
          .layer("adapter")
          .definedBy(ADAPTER)
          .layer("drills")
          .definedBy(DRILLS)
          .whereLayer("drills")
          .mayNotBeAccessedByAnyLayer()
          .layer("bulk")
          .definedBy(BULK)
          .whereLayer("schemas")
          .mayNotAccessAnyLayer()
          .whereLayer("local")
          .mayNotAccessAnyLayer()
          .whereLayer("bulk")
          .mayNotAccessAnyLayer()
          .whereLayer("bulk")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("transforms")
          .mayOnlyAccessLayers("schemas")
          .whereLayer("adapter")
          .mayOnlyAccessLayers("schemas", "transforms")
          .whereLayer("pipelines")
          .mayOnlyAccessLayers("schemas", "transforms", "local")
          .whereLayer("runners")
          .mayOnlyAccessLayers("pipelines");

  @ArchTest
  static final ArchRule subjects_never_import_each_other =
      slices()
          .matching("org.pharos.transforms.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(SUBJECT_ROOM.or(resideInAPackage(DOORS)), resideInAPackage(ERRORS))
          .ignoreDependency(SUBJECT_ROOM, resideInAnyPackage(DOORS, TALLIES));

  @ArchTest
  static final ArchRule no_room_depends_on_itself_in_a_circle =
      slices().matching("org.pharos.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule driver_types_stay_with_the_doors =
      noClasses()
          .that(not(resideInAnyPackage(DOORS, LOCAL, DRILLS)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(DRIVER);

  @ArchTest
  static final ArchRule the_old_driver_stays_with_the_adapter =
      noClasses()
          .that()
          .resideOutsideOfPackage(ADAPTER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.datastax.driver..");

  @ArchTest
  static final ArchRule the_server_s_classes_stay_with_the_bulk_child =
      noClasses()
          .that()
          .resideOutsideOfPackage(BULK)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.cassandra..");

  /** Beam hands them to every unbounded source, which need not look at them. */
  @ArchTest
  static final ArchRule pipeline_options_stay_in_pipelines_and_runners =
      noClasses()
          .that(not(resideInAnyPackage(PIPELINES, RUNNERS, DRILLS)))
          .and(not(assignableTo(UnboundedSource.class)))
          .should()
          .dependOnClassesThat()
          .areAssignableTo(PipelineOptions.class);

  @ArchTest
  static final ArchRule runner_classes_stay_in_runners =
      noClasses()
          .that()
          .resideOutsideOfPackage(RUNNERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam.runners..");

  @ArchTest
  static final ArchRule algorithms_are_plain_java =
      noClasses()
          .that(SUBJECT_ROOM)
          .and(not(extendsBeam()))
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.beam..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "org.apache.beam.sdk.schemas..", "org.apache.beam.sdk.values.."))));

  @ArchTest
  static final ArchRule packages_say_what_they_hold =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..common..", "..impl..", "..core..", "..base..", "..helper..");

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl|Base|Common)");

  @ArchTest
  static final ArchRule public_transforms_are_final =
      classes()
          .that()
          .areAssignableTo(PTransform.class)
          .and()
          .arePublic()
          .should()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule public_transforms_are_made_by_factories =
      classes()
          .that()
          .areAssignableTo(PTransform.class)
          .and()
          .arePublic()
          .should(ArchConditions.haveOnlyPrivateConstructors());

  @ArchTest
  static final ArchRule libraries_do_not_print =
      noClasses()
          .that()
          .resideInAnyPackage(SCHEMAS, TRANSFORMS, ADAPTER)
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule every_package_is_checked_for_nulls =
      classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

  /** A transform, DoFn, coder, schema provider ..., or a class nested in one. */
  private static DescribedPredicate<JavaClass> extendsBeam() {
    return describe(
        "extend a Beam type",
        type ->
            assignableTo(resideInAPackage("org.apache.beam..")).test(type)
                || type.getEnclosingClass().map(outer -> extendsBeam().test(outer)).orElse(false));
  }
}
