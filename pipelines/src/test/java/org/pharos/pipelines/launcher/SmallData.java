package org.pharos.pipelines.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.pharos.pipelines.tables.RowDigest;

/** Archives like those of the real data, of a few lines. */
final class SmallData {
  private static final String WORD_NET = "net/sf/extjwnl/data/wordnet/wn31/data.";
  private static final String LICENCE = "  1 This software and database is being provided\n";

  private SmallData() {}

  static Path foodMart(Path folder) throws IOException {
    return zip(
        folder,
        "foodmart.jar",
        "sales_fact_1997.json",
        """
{"product_id":1,"time_id":371,"customer_id":7,"promotion_id":0,"store_id":2,"store_sales":1.5000,"store_cost":0.5100,"unit_sales":2.0000}
{"product_id":2,"time_id":371,"customer_id":7,"promotion_id":0,"store_id":2,"store_sales":2.2500,"store_cost":0.5100,"unit_sales":2.0000}
{"product_id":1,"time_id":371,"customer_id":8,"promotion_id":0,"store_id":2,"store_sales":1.5000,"store_cost":0.5100,"unit_sales":2.0000}
""",
        "sales_fact_1998.json",
        """
{"product_id":1,"time_id":1066,"customer_id":7,"promotion_id":4,"store_id":3,"store_sales":0.7500,"store_cost":0.2100,"unit_sales":1.0000}
""",
        "sales_fact_dec_1998.json",
        """
{"product_id":2,"time_id":1095,"customer_id":8,"promotion_id":4,"store_id":3,"store_sales":9.0000,"store_cost":0.2100,"unit_sales":1.0000}
""",
        "time_by_day.json",
        """
        {"time_id":371,"the_date":"1997-01-05 00:00:00.0"}
        {"time_id":1066,"the_date":"1998-12-01 00:00:00.0"}
        {"time_id":1095,"the_date":"1998-12-30 00:00:00.0"}
        """,
        "customer.json",
        """
{"customer_id":7,"account_num":87462024688,"fullname":"Ann Sea","mi":"A.","birthdate":"1961-08-26"}
{"customer_id":8,"account_num":87462024689,"fullname":"Bo Lee","mi":null,"birthdate":"1915-07-03"}
""",
        "product.json",
        """
        {"product_id":1,"product_class_id":1,"product_name":"Tea","SRP":1.5000,"low_fat":true}
        {"product_id":2,"product_class_id":2,"product_name":"Rye","SRP":2.2500,"low_fat":false}
        """,
        "product_class.json",
        """
        {"product_class_id":1,"product_category":"Drinks"}
        {"product_class_id":2,"product_category":"Bread"}
        """);
  }

  static Path wordNet(Path folder) throws IOException {
    return zip(
        folder,
        "wordnet.jar",
        WORD_NET + "noun",
        LICENCE
            + """
00000001 05 n 02 dog 0 domestic_dog 0 003 @ 00000002 n 0000 + 00000001 v 0101 + 00000001 v 0201 | A dog; a Dog \s
00000002 03 n 01 animal 0 001 ~ 00000001 n 0000 | a living thing \s
""",
        WORD_NET + "verb",
        LICENCE + "00000001 38 v 01 dog 0 000 01 + 08 00 | go after  \n",
        WORD_NET + "adj",
        LICENCE,
        WORD_NET + "adv",
        LICENCE);
  }

  /** An archive of files, each a name and a text. */
  static Path zip(Path folder, String archive, String... files) throws IOException {
    Path file = folder.resolve(archive);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry(files[i]));
        zip.write(files[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  static String digest(String... rows) {
    RowDigest sum = RowDigest.EMPTY;
    for (String row : rows) {
      sum = sum.plus(row);
    }
    return sum.hex();
  }
}
