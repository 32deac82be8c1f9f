package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
import org.pharos.schemas.CqlLogicalTypes;

/**
 * Whether what is read can become records of a class: a field holds exactly the value that is read.
 */
final class RecordFit {

  private static final Set<String> UUIDS =
      Set.of(UuidLogicalType.IDENTIFIER, CqlLogicalTypes.TIMEUUID.getIdentifier());

  private RecordFit() {}

  /**
   * @throws IllegalArgumentException naming every field that is not read, or is of another type
   */
  static void check(Class<?> type, Schema record, Schema read) {
    List<String> problems = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      if (!read.hasField(field.getName())) {
        problems.add("nothing is read for " + field.getName());
      } else if (!fits(field.getType(), read.getField(field.getName()).getType())) {
        problems.add(
            field.getName()
                + " is "
                + describe(read.getField(field.getName()).getType())
                + ", not "
                + describe(field.getType()));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "what is read cannot become a "
              + type.getName()
              + ": "
              + String.join("; ", problems)
              + ". There are "
              + read.getFieldNames());
    }
  }

  private static boolean fits(FieldType record, FieldType read) {
    if (record.getTypeName() != read.getTypeName()) {
      return false;
    }
    Schema.LogicalType<?, ?> wanted = record.getLogicalType();
    Schema.LogicalType<?, ?> given = read.getLogicalType();
    if (wanted != null && given != null) {
      return wanted.getIdentifier().equals(given.getIdentifier())
          || (UUIDS.contains(wanted.getIdentifier()) && UUIDS.contains(given.getIdentifier()));
    }
    FieldType wantedElement = record.getCollectionElementType();
    FieldType givenElement = read.getCollectionElementType();
    if (wantedElement != null && givenElement != null) {
      return fits(wantedElement, givenElement);
    }
    Schema wantedRow = record.getRowSchema();
    Schema givenRow = read.getRowSchema();
    if (wantedRow != null && givenRow != null) {
      return wantedRow.getFields().stream()
          .allMatch(
              field ->
                  givenRow.hasField(field.getName())
                      && fits(field.getType(), givenRow.getField(field.getName()).getType()));
    }
    return mapsFit(record, read);
  }

  private static boolean mapsFit(FieldType record, FieldType read) {
    FieldType wantedKey = record.getMapKeyType();
    FieldType givenKey = read.getMapKeyType();
    FieldType wantedValue = record.getMapValueType();
    FieldType givenValue = read.getMapValueType();
    return wantedKey == null
        || givenKey == null
        || wantedValue == null
        || givenValue == null
        || (fits(wantedKey, givenKey) && fits(wantedValue, givenValue));
  }

  private static String describe(FieldType type) {
    return type.getLogicalType() == null
        ? type.withNullable(false).toString()
        : type.getLogicalType().getIdentifier();
  }
}
