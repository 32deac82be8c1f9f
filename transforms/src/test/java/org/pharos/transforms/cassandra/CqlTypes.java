package org.pharos.transforms.cassandra;

import static org.pharos.schemas.CqlType.frozen;
import static org.pharos.schemas.CqlType.list;
import static org.pharos.schemas.CqlType.map;
import static org.pharos.schemas.CqlType.set;
import static org.pharos.schemas.CqlType.tuple;
import static org.pharos.schemas.CqlType.userType;
import static org.pharos.schemas.CqlType.vector;

import java.util.ArrayList;
import java.util.List;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.CqlType.UserType;

/** Types to test with: each native one alone and inside each structure, and structures nested. */
final class CqlTypes {

  static final UserType POINT =
      userType("point", UserType.field("x", CqlType.DOUBLE), UserType.field("Y Axis", CqlType.INT));

  static final UserType PLACE =
      userType(
          "Place",
          UserType.field("name", CqlType.TEXT),
          UserType.field("at", POINT),
          UserType.field("tags", set(CqlType.TEXT)),
          UserType.field("since", CqlType.DURATION));

  private CqlTypes() {}

  /** Every native type but counters, which cannot be inserted. */
  static List<CqlType> natives() {
    return CqlType.natives().stream().filter(type -> type != CqlType.COUNTER).toList();
  }

  static List<CqlType> collections() {
    List<CqlType> types = new ArrayList<>();
    for (CqlType each : natives()) {
      types.add(list(each));
      types.add(frozen(list(each)));
      if (each != CqlType.DURATION) {
        types.add(set(each));
        types.add(map(each, CqlType.INT));
      }
      types.add(frozen(map(CqlType.INT, each)));
      types.add(tuple(each, CqlType.TEXT, each));
    }
    return types;
  }

  static List<CqlType> nested() {
    return List.of(
        POINT,
        frozen(POINT),
        PLACE,
        frozen(PLACE),
        list(PLACE),
        map(CqlType.TEXT, list(tuple(CqlType.INT, set(CqlType.UUID)))),
        set(tuple(CqlType.INT, CqlType.TEXT)),
        tuple(tuple(CqlType.INT, POINT), map(CqlType.INET, list(CqlType.DURATION))),
        frozen(list(map(CqlType.TIMEUUID, list(list(CqlType.BLOB))))));
  }

  /** Of elements with one length and with many: the server has its own idea of which is which. */
  static List<CqlType> vectors() {
    List<CqlType> types = new ArrayList<>();
    natives().forEach(each -> types.add(vector(each, 3)));
    types.add(vector(CqlType.FLOAT, 1536));
    types.add(vector(vector(CqlType.FLOAT, 2), 3));
    types.add(vector(vector(CqlType.TEXT, 2), 2));
    types.add(vector(tuple(CqlType.INT, CqlType.TEXT), 2));
    types.add(vector(list(CqlType.INT), 2));
    types.add(list(vector(CqlType.FLOAT, 4)));
    types.add(map(CqlType.TEXT, vector(CqlType.SMALLINT, 2)));
    return types;
  }
}
