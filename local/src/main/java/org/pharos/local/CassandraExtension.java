package org.pharos.local;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Resolves the parameters that {@link WithCassandra} promises. */
final class CassandraExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(CassandraExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestKeyspace.class
        || type == CassandraCluster.class
        || type == LocalCassandra.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext owner = annotated(context);
    WithCassandra wanted = annotation(owner).orElseThrow();
    CassandraCluster cluster =
        wanted.nodes() == 1 ? SharedCassandra.single() : SharedCassandra.ring(wanted.nodes());
    Class<?> type = parameter.getParameter().getType();
    if (type == TestKeyspace.class) {
      return owner
          .getStore(NAMESPACE)
          .getOrComputeIfAbsent(
              TestKeyspace.class,
              absent -> new Closing(TestKeyspace.create(cluster, wanted.replicationFactor())),
              Closing.class)
          .keyspace();
    }
    if (!type.isInstance(cluster)) {
      throw new ParameterResolutionException(
          "A single node may be somebody else's: take CassandraCluster instead of LocalCassandra");
    }
    return cluster;
  }

  /** The outermost class that has the annotation: nested classes share its keyspace. */
  private static ExtensionContext annotated(ExtensionContext context) {
    ExtensionContext owner = context;
    Optional<ExtensionContext> each = Optional.of(context);
    while (each.isPresent()) {
      if (annotation(each.get()).isPresent()) {
        owner = each.get();
      }
      each = each.get().getParent();
    }
    return owner;
  }

  private static Optional<WithCassandra> annotation(ExtensionContext context) {
    return context
        .getTestClass()
        .flatMap(type -> AnnotationSupport.findAnnotation(type, WithCassandra.class));
  }

  private record Closing(TestKeyspace keyspace) implements Store.CloseableResource {
    @Override
    public void close() {
      keyspace.close();
    }
  }
}
