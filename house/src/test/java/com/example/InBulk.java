package com.example;

import static com.example.FirstSteps.PURCHASES;

import com.example.FirstSteps.Purchase;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.transforms.cassandra.BulkLoad;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.cassandra.WriteTable;

/** The bulk load of the README: the house compiles it as a stranger's. */
final class InBulk {
  private InBulk() {}

  // SHOWN
  static WriteResult inBulk(PCollection<Purchase> purchases, CassandraConnection cassandra) {
    return purchases.apply(
        WriteTable.of(PURCHASES).to(cassandra).inBulk(BulkLoad.with("/opt/pharos-bulk/*")));
  }
  // SHOWN
}
