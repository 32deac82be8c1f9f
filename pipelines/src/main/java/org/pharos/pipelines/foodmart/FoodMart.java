package org.pharos.pipelines.foodmart;

import java.util.List;

/** Where the retailer's data is: a Maven artifact with one JSON object a line in each file. */
public final class FoodMart {
  /** The artifact's coordinates. */
  public static final String ARTIFACT = "net.hydromatic:foodmart-data-json:0.4";

  /** The files with the sales of 1997 and 1998, without overlap. */
  public static final List<String> SALES =
      List.of("sales_fact_1997.json", "sales_fact_1998.json", "sales_fact_dec_1998.json");

  /** The file with the customers. */
  public static final String CUSTOMERS = "customer.json";

  /** The file with the products. */
  public static final String PRODUCTS = "product.json";

  /** The file with the categories that products refer to. */
  public static final String PRODUCT_CLASSES = "product_class.json";

  /** The file that says which day a {@code time_id} is. */
  public static final String DAYS = "time_by_day.json";

  private FoodMart() {}
}
