package org.pharos.local;

import eu.maveniverse.maven.mima.context.ContextOverrides;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the user's Maven differs from its defaults; a null means that it does not. */
record MavenSettings(
    @Nullable Path repository,
    @Nullable Path settings,
    @Nullable Path home,
    @Nullable Boolean offline) {

  static MavenSettings ofThisProcess() {
    return of(System::getProperty, System::getenv);
  }

  static MavenSettings of(
      UnaryOperator<@Nullable String> property, UnaryOperator<@Nullable String> environment) {
    String repository = property.apply("pharos.maven.repository");
    String offline = property.apply("pharos.maven.offline");
    return new MavenSettings(
        path(repository != null ? repository : property.apply("maven.repo.local")),
        path(property.apply("pharos.maven.settings")),
        path(property.apply("pharos.maven.home")),
        offline != null
            ? Boolean.valueOf(offline)
            : offlineArgument(environment.apply("MAVEN_ARGS")));
  }

  boolean isOffline() {
    return Boolean.TRUE.equals(offline);
  }

  ContextOverrides overrides() {
    ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
    if (repository != null) {
      overrides.withLocalRepositoryOverride(repository);
    }
    if (settings != null) {
      overrides.withUserSettingsXmlOverride(settings);
    }
    if (home != null) {
      overrides.withMavenSystemHomeOverride(home);
    }
    if (offline != null) {
      overrides.offline(offline);
    }
    return overrides.build();
  }

  /**
   * A Maven command that a person can copy, with the same settings and repository but never
   * offline.
   */
  String command(String... arguments) {
    StringBuilder command = new StringBuilder("mvn");
    if (settings != null && settings.toFile().isFile()) {
      command.append(" -s ").append(settings);
    }
    if (repository != null) {
      command.append(" -Dmaven.repo.local=").append(repository);
    }
    for (String argument : arguments) {
      command.append(' ').append(argument);
    }
    return command.toString();
  }

  private static @Nullable Path path(@Nullable String text) {
    // A property that the build could not fill arrives empty or as it was written.
    return text == null || text.isBlank() || text.startsWith("${") ? null : Path.of(text);
  }

  private static @Nullable Boolean offlineArgument(@Nullable String arguments) {
    if (arguments == null) {
      return null;
    }
    List<String> words = Arrays.asList(arguments.trim().split("\\s+"));
    return (words.contains("-o") || words.contains("--offline")) ? Boolean.TRUE : null;
  }
}
