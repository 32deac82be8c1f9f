package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenArtifactsTest {
  private static final String SERVER =
      "org.apache.cassandra:cassandra-all:" + System.getProperty("pharos.cassandra.version");

  @Test
  void the_build_has_fetched_the_server_and_all_it_needs() {
    MavenSettings offline = offline(Path.of(System.getProperty("pharos.maven.repository")));

    List<Path> jars = MavenArtifacts.classPath(SERVER, offline);

    assertThat(jars).hasSizeGreaterThan(50).allSatisfy(jar -> assertThat(jar).isRegularFile());
    assertThat(jars.get(0)).isEqualTo(MavenArtifacts.file(SERVER, offline));
  }

  @Test
  void the_server_is_on_no_class_path_of_ours() {
    assertThatThrownBy(() -> Class.forName("org.apache.cassandra.service.CassandraDaemon"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void what_is_missing_offline_is_named_with_the_command_that_fetches_it(@TempDir Path empty) {
    String command =
        "mvn -Dmaven.repo.local="
            + empty
            + " dependency:get -Dartifact=org.apache.cassandra:cassandra-all:jar:5.0.9";
    assertThatThrownBy(
            () ->
                MavenArtifacts.classPath(
                    "org.apache.cassandra:cassandra-all:5.0.9", offline(empty)))
        .isInstanceOf(MissingArtifactException.class)
        .hasMessageStartingWith(
            "org.apache.cassandra:cassandra-all:jar:5.0.9 cannot be resolved (Maven is offline): ")
        .hasMessageEndingWith("Fetch it with: " + command);
    assertThatThrownBy(
            () -> MavenArtifacts.file("org.apache.cassandra:cassandra-all:5.0.9", offline(empty)))
        .isInstanceOf(MissingArtifactException.class)
        .hasMessageEndingWith("Fetch it with: " + command);
  }

  @Test
  void settings_come_from_properties_and_then_from_maven_s_own() {
    Map<String, String> ours =
        Map.of(
            "pharos.maven.repository",
            "/r",
            "pharos.maven.settings",
            "/s.xml",
            "pharos.maven.home",
            "/m",
            "pharos.maven.offline",
            "false",
            "maven.repo.local",
            "/other");
    assertThat(MavenSettings.of(ours::get, Map.of("MAVEN_ARGS", "-o")::get))
        .isEqualTo(new MavenSettings(Path.of("/r"), Path.of("/s.xml"), Path.of("/m"), false));
    assertThat(
            MavenSettings.of(
                Map.of("maven.repo.local", "/other")::get, Map.of("MAVEN_ARGS", "-q -o")::get))
        .isEqualTo(new MavenSettings(Path.of("/other"), null, null, true));
    assertThat(MavenSettings.of(name -> null, name -> null))
        .isEqualTo(new MavenSettings(null, null, null, null));
  }

  private static MavenSettings offline(Path repository) {
    return new MavenSettings(repository, null, null, true);
  }
}
