package org.pharos.pipelines.foodmart;

import static org.pharos.schemas.CqlType.BIGINT;
import static org.pharos.schemas.CqlType.BOOLEAN;
import static org.pharos.schemas.CqlType.DATE;
import static org.pharos.schemas.CqlType.DECIMAL;
import static org.pharos.schemas.CqlType.INT;
import static org.pharos.schemas.CqlType.TEXT;
import static org.pharos.schemas.CqlType.TIMESTAMP;

import java.util.List;
import org.joda.time.Duration;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.Table;

/** The tables of a retailer, in a keyspace of choice. */
public final class FoodMartTables {
  /** How much time one partition of a store's sales spans. */
  public static final Duration SALES_BUCKET = Duration.standardDays(28);

  private FoodMartTables() {}

  /**
   * Each line of a receipt, by store and four weeks, in the order of time. The source tells days,
   * no times, and some lines share all that names them, so the line's number in its source file
   * closes the key.
   */
  public static Table sales(String keyspace) {
    return Table.named(keyspace, "sales")
        .partitionKey("store_id", INT)
        .partitionKey("period", TIMESTAMP)
        .clusteringKey("sold_at", TIMESTAMP)
        .clusteringKey("customer_id", INT)
        .clusteringKey("line", INT)
        .column("product_id", INT)
        .column("promotion_id", INT)
        .column("store_sales", DECIMAL)
        .column("store_cost", DECIMAL)
        .column("unit_sales", DECIMAL)
        .bucketedBy(Bucket.byTime("period", "sold_at", SALES_BUCKET))
        .build();
  }

  /** Who bought. */
  public static Table customers(String keyspace) {
    return Table.named(keyspace, "customers")
        .partitionKey("customer_id", INT)
        .column("account_num", BIGINT)
        .column("fullname", TEXT)
        .column("fname", TEXT)
        .column("mi", TEXT)
        .column("lname", TEXT)
        .column("address1", TEXT)
        .column("address2", TEXT)
        .column("address3", TEXT)
        .column("address4", TEXT)
        .column("city", TEXT)
        .column("state_province", TEXT)
        .column("postal_code", TEXT)
        .column("country", TEXT)
        .column("customer_region_id", INT)
        .column("phone1", TEXT)
        .column("phone2", TEXT)
        .column("birthdate", DATE)
        .column("marital_status", TEXT)
        .column("yearly_income", TEXT)
        .column("gender", TEXT)
        .column("total_children", INT)
        .column("num_children_at_home", INT)
        .column("education", TEXT)
        .column("date_accnt_opened", DATE)
        .column("member_card", TEXT)
        .column("occupation", TEXT)
        .column("houseowner", TEXT)
        .column("num_cars_owned", INT)
        .build();
  }

  /** What was bought, with the categories of its class. */
  public static Table products(String keyspace) {
    return Table.named(keyspace, "products")
        .partitionKey("product_id", INT)
        .column("product_class_id", INT)
        .column("product_subcategory", TEXT)
        .column("product_category", TEXT)
        .column("product_department", TEXT)
        .column("product_family", TEXT)
        .column("brand_name", TEXT)
        .column("product_name", TEXT)
        .column("sku", BIGINT)
        .column("srp", DECIMAL)
        .column("gross_weight", DECIMAL)
        .column("net_weight", DECIMAL)
        .column("recyclable_package", BOOLEAN)
        .column("low_fat", BOOLEAN)
        .column("units_per_case", INT)
        .column("cases_per_pallet", INT)
        .column("shelf_width", DECIMAL)
        .column("shelf_height", DECIMAL)
        .column("shelf_depth", DECIMAL)
        .build();
  }

  /** All of them. */
  public static List<Table> all(String keyspace) {
    return List.of(sales(keyspace), customers(keyspace), products(keyspace));
  }
}
