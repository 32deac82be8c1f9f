package org.pharos.pipelines.launcher;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.util.construction.PTransformTranslation;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.Row;

/**
 * The steps of a pipeline as text: each primitive one by its full name, with its kind, and the
 * coder of each of its outputs in a line below.
 */
final class StepNames extends Pipeline.PipelineVisitor.Defaults {
  private final StringBuilder text = new StringBuilder();

  private StepNames() {}

  static String of(Pipeline pipeline) {
    StepNames names = new StepNames();
    pipeline.traverseTopologically(names);
    return names.text.toString();
  }

  @Override
  public void visitPrimitiveTransform(TransformHierarchy.Node node) {
    text.append(node.getFullName())
        .append(" [")
        .append(PTransformTranslation.urnForTransformOrNull(node.getTransform()))
        .append("]\n");
    for (PValue output : node.getOutputs().values()) {
      text.append("  ").append(coder(((PCollection<?>) output).getCoder())).append('\n');
    }
  }

  private static String coder(Coder<?> coder) {
    if (coder instanceof SchemaCoder<?> rows) {
      Class<?> type = rows.getEncodedTypeDescriptor().getRawType();
      // Beam's own classes are not ours to keep, and list their fields in any order.
      boolean ours = type == Row.class || type.getName().startsWith("org.pharos.");
      return name(type) + (ours ? fields(rows.getSchema()) : "");
    } else if (coder instanceof SerializableCoder<?> objects) {
      return "Serializable " + name(objects.getRecordType());
    }
    List<? extends Coder<?>> parts = coder.getCoderArguments();
    return name(coder.getClass())
        + (parts.isEmpty()
            ? ""
            : parts.stream().map(StepNames::coder).collect(Collectors.joining(", ", "<", ">")));
  }

  private static String name(Class<?> type) {
    return type.getName().replaceFirst("^.*\\.", "");
  }

  private static String fields(Schema schema) {
    return schema.getFields().stream()
        .map(field -> field.getName() + " " + type(field.getType()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String type(FieldType type) {
    String text = type.getTypeName().toString();
    Schema.LogicalType<?, ?> logical = type.getLogicalType();
    FieldType element = type.getCollectionElementType();
    FieldType key = type.getMapKeyType();
    FieldType value = type.getMapValueType();
    Schema row = type.getRowSchema();
    if (logical != null) {
      text = logical.getIdentifier() + " as " + type(logical.getBaseType());
    } else if (element != null) {
      text += "<" + type(element) + ">";
    } else if (key != null && value != null) {
      text += "<" + type(key) + ", " + type(value) + ">";
    } else if (row != null) {
      text += fields(row);
    }
    return type.getNullable() ? text + "?" : text;
  }
}
