package org.pharos.local;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;

/**
 * Files of Maven artifacts, resolved while the program runs: as the user's Maven would, with their
 * settings file (mirrors, proxies, repositories, offline), and kept in their local repository. What
 * is there already needs no network.
 *
 * <p>System properties say where a build differs from the user's defaults: {@code
 * pharos.maven.repository} (the local repository), {@code pharos.maven.settings} (the settings
 * file), {@code pharos.maven.home} (Maven itself, for its global settings) and {@code
 * pharos.maven.offline} (true or false). Without them {@code maven.repo.local}, {@code MAVEN_HOME}
 * and an {@code -o} in {@code MAVEN_ARGS} count.
 */
public final class MavenArtifacts {
  private MavenArtifacts() {}

  /**
   * An artifact's file.
   *
   * @param coordinates {@code group:artifact[:extension[:classifier]]:version}
   * @throws MissingArtifactException when it cannot be had
   */
  public static Path file(String coordinates) {
    return file(coordinates, MavenSettings.ofThisProcess());
  }

  static Path file(String coordinates, MavenSettings settings) {
    Artifact artifact = new DefaultArtifact(coordinates);
    try (Context maven = open(settings)) {
      ArtifactRequest request = new ArtifactRequest(artifact, maven.remoteRepositories(), null);
      return file(
          maven.repositorySystem().resolveArtifact(maven.repositorySystemSession(), request));
    } catch (ArtifactResolutionException e) {
      throw missing(artifact, settings, e);
    }
  }

  /**
   * An artifact's file and those of everything that it needs at run time: a whole class path, the
   * artifact first.
   *
   * @param coordinates {@code group:artifact[:extension[:classifier]]:version}
   * @throws MissingArtifactException when one of them cannot be had
   */
  public static List<Path> classPath(String coordinates) {
    return classPath(coordinates, MavenSettings.ofThisProcess());
  }

  /** As {@link #classPath(String)}, of several artifacts: one class path for all of them. */
  static List<Path> classPath(List<String> coordinates) {
    return classPath(coordinates, MavenSettings.ofThisProcess());
  }

  static List<Path> classPath(String coordinates, MavenSettings settings) {
    return classPath(List.of(coordinates), settings);
  }

  private static List<Path> classPath(List<String> coordinates, MavenSettings settings) {
    List<Artifact> artifacts =
        coordinates.stream().<Artifact>map(each -> new DefaultArtifact(each)).toList();
    try (Context maven = open(settings)) {
      CollectRequest collect =
          new CollectRequest(
              artifacts.stream().map(each -> new Dependency(each, JavaScopes.RUNTIME)).toList(),
              List.of(),
              maven.remoteRepositories());
      return maven
          .repositorySystem()
          .resolveDependencies(
              maven.repositorySystemSession(), new DependencyRequest(collect, null))
          .getArtifactResults()
          .stream()
          .map(MavenArtifacts::file)
          .toList();
    } catch (DependencyResolutionException e) {
      throw missing(artifacts.get(0), settings, e);
    }
  }

  private static Context open(MavenSettings settings) {
    return Runtimes.INSTANCE.getRuntime().create(settings.overrides());
  }

  private static Path file(ArtifactResult result) {
    return result.getArtifact().getFile().toPath();
  }

  private static MissingArtifactException missing(
      Artifact artifact, MavenSettings settings, Exception cause) {
    return new MissingArtifactException(
        "%s cannot be resolved%s: %s. Fetch it with: %s"
            .formatted(
                artifact,
                settings.isOffline() ? " (Maven is offline)" : "",
                rootMessage(cause),
                settings.command("dependency:get", "-Dartifact=" + artifact)),
        cause);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
