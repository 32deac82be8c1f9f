package org.pharos.pipelines.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.DescribedTables;
import org.pharos.pipelines.tables.RowText;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.features.EraseEntities;

/**
 * The entities that a table lists are erased from views, their history and what is served of them,
 * and from other tables of theirs, with a receipt for each entity and table.
 */
public final class EraseFeatures {
  private EraseFeatures() {}

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description("The table of the keyspace whose rows name the entities to erase.")
    @Validation.Required
    String getEntities();

    void setEntities(String table);

    @Description("The files that define the views to erase from, with commas between them.")
    @Validation.Required
    List<String> getDefinitions();

    void setDefinitions(List<String> files);

    @Description(
        "Other tables of the keyspace to erase from, whose partition key is the entity, with commas"
            + " between them. Default: none.")
    @Nullable List<String> getTables();

    void setTables(@Nullable List<String> tables);

    @Description(
        "The file to write receipts to, a line of JSON for each entity and table, on a file system"
            + " that Beam knows.")
    @Validation.Required
    String getReceipts();

    void setReceipts(String file);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "erase-features",
            "entities that a table lists out of views and other tables, with receipts",
            Options.class,
            EraseFeatures::assemble)
        .checking(EraseFeatures::check)
        .describing(EraseFeatures::described)
        .judging(EraseFeatures::verdict);
  }

  private static void check(Options options) {
    List<ViewDefinition> definitions = DefinitionFile.readAll(options.getDefinitions());
    for (ViewDefinition definition : definitions) {
      if (!definition.entity().equals(definitions.get(0).entity())) {
        throw new BadOption(
            "definitions",
            String.join(",", options.getDefinitions()),
            "views of one entity are allowed, not of "
                + definitions.get(0).entity()
                + " and of "
                + definition.entity());
      }
    }
    if (options.isCreateTables()) {
      throw new BadOption("createTables", "true", "nothing is created to be erased");
    }
  }

  private static List<String> tables(Options options) {
    List<String> tables = options.getTables();
    return tables == null ? List.of() : tables;
  }

  private static List<String> described(Options options) {
    List<String> tables = new ArrayList<>(tables(options));
    tables.add(options.getEntities());
    DefinitionFile.readAll(options.getDefinitions())
        .forEach(definition -> tables.add(definition.events()));
    return tables.stream().distinct().toList();
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    Table listed = DescribedTables.named(options, options.getEntities());
    EraseEntities erase = erasing(options, listed.rowSchema());
    String[] entity =
        DefinitionFile.readAll(options.getDefinitions()).get(0).entity().toArray(new String[0]);
    pipeline
        .apply("Read entities", ReadTable.of(listed).from(connection).withColumns(entity))
        .apply("Erase", erase.at(connection))
        .apply(
            "Format receipts",
            MapElements.into(TypeDescriptors.strings())
                .via(receipt -> RowText.of(receipt).toString()))
        .apply("Write receipts", TextIO.write().to(options.getReceipts()).withoutSharding());
  }

  private static EraseEntities erasing(Options options, Schema entities) {
    List<ViewDefinition> definitions = DefinitionFile.readAll(options.getDefinitions());
    EraseEntities erase = EraseEntities.by(definitions.get(0).entity().toArray(new String[0]));
    checked("entities", options.getEntities(), erase, entities);
    for (ViewDefinition definition : definitions) {
      erase =
          erase.from(
              options.getKeyspace(),
              definition.view(definition.describedEvents(options).rowSchema()));
    }
    for (String table : tables(options)) {
      try {
        erase = erase.from(DescribedTables.named(options, table));
      } catch (IllegalArgumentException e) {
        throw new BadOption("tables", table, String.valueOf(e.getMessage()));
      }
    }
    return erase;
  }

  private static void checked(String option, String value, EraseEntities erase, Schema entities) {
    try {
      var ignored = erase.receipts(entities);
    } catch (IllegalArgumentException e) {
      throw new BadOption(option, value, String.valueOf(e.getMessage()));
    }
  }

  private static String verdict(Options options, Map<String, Long> counts) {
    long left = counts.getOrDefault(EraseEntities.ROWS_LEFT, 0L);
    return left == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%,d rows are left: someone writes them; stop that, and erase again (%s tells whose)",
            left,
            options.getReceipts());
  }
}
