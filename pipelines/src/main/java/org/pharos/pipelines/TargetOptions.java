package org.pharos.pipelines;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * A table and another one, on the same cluster or on a second one: the options of pipelines that
 * bring the two together. Without {@code targetContactPoints} or {@code targetSecureConnectBundle}
 * the target is where the source is; with one of them nothing of the source's connection holds for
 * it, neither user nor TLS.
 */
public interface TargetOptions extends CassandraOptions {
  @Description("The table of the keyspace.")
  @Validation.Required
  String getTable();

  void setTable(String table);

  @Description("The keyspace of the target. Default: that of the table.")
  @Nullable String getTargetKeyspace();

  void setTargetKeyspace(@Nullable String keyspace);

  @Description("The other table. Default: the one of the same name.")
  @Nullable String getTargetTable();

  void setTargetTable(@Nullable String table);

  @Description("Whether to leave out columns that only one of the tables has.")
  @Default.Boolean(false)
  boolean isOnlyCommonColumns();

  void setOnlyCommonColumns(boolean only);

  @Description("Into how many ranges to cut the table, about and at least; 0: as its size is.")
  @Default.Integer(0)
  int getRanges();

  void setRanges(int ranges);

  @Description("Some nodes of the target's cluster. Default: the target is where the source is.")
  @Nullable List<String> getTargetContactPoints();

  void setTargetContactPoints(@Nullable List<String> contactPoints);

  @Description("The datacenter of the target's cluster whose nodes are asked.")
  @Nullable String getTargetLocalDatacenter();

  void setTargetLocalDatacenter(@Nullable String datacenter);

  @Description("The user to log in as at the target's cluster; needs targetPasswordFrom.")
  @Nullable String getTargetUsername();

  void setTargetUsername(@Nullable String username);

  @Description("Where workers find that user's password: env:NAME or file:PATH.")
  @Nullable String getTargetPasswordFrom();

  void setTargetPasswordFrom(@Nullable String reference);

  @Description("Path of a secure connect bundle of the target's cluster.")
  @Nullable String getTargetSecureConnectBundle();

  void setTargetSecureConnectBundle(@Nullable String path);

  @Description("As tls, for the target's cluster.")
  @Default.Boolean(false)
  boolean isTargetTls();

  void setTargetTls(boolean tls);

  @Description("As trustStore, for the target's cluster.")
  @Nullable String getTargetTrustStore();

  void setTargetTrustStore(@Nullable String path);

  @Description("As trustStorePasswordFrom, for the target's cluster.")
  @Nullable String getTargetTrustStorePasswordFrom();

  void setTargetTrustStorePasswordFrom(@Nullable String reference);

  @Description("As keyStore, for the target's cluster.")
  @Nullable String getTargetKeyStore();

  void setTargetKeyStore(@Nullable String path);

  @Description("As keyStorePasswordFrom, for the target's cluster.")
  @Nullable String getTargetKeyStorePasswordFrom();

  void setTargetKeyStorePasswordFrom(@Nullable String reference);

  @Description("As checkHostNames, for the target's cluster.")
  @Default.Boolean(true)
  boolean isTargetCheckHostNames();

  void setTargetCheckHostNames(boolean check);

  @Description("As driverConfigFile, for the target's cluster.")
  @Nullable String getTargetDriverConfigFile();

  void setTargetDriverConfigFile(@Nullable String path);

  @Hidden
  @Description("The text of targetDriverConfigFile, as the launcher read it.")
  @Default.String("")
  String getTargetDriverConfig();

  void setTargetDriverConfig(String text);

  /** The live target that the launcher described. */
  @Hidden
  @JsonIgnore
  @Nullable Table getDescribedTarget();

  void setDescribedTarget(@Nullable Table table);
}
