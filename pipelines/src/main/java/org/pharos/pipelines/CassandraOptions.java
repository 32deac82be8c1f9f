package org.pharos.pipelines;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * How every pipeline of ours reaches Cassandra. There is no option that takes a password: those
 * that end in {@code From} take a reference, {@code env:NAME} or {@code file:PATH}, that each
 * worker resolves.
 */
public interface CassandraOptions extends PipelineOptions {
  @Description("Some nodes of the cluster: host or host:port, with commas between them.")
  @Nullable List<String> getContactPoints();

  void setContactPoints(@Nullable List<String> contactPoints);

  @Description("The datacenter whose nodes are asked.")
  @Nullable String getLocalDatacenter();

  void setLocalDatacenter(@Nullable String datacenter);

  @Description("The user to log in as; needs passwordFrom.")
  @Nullable String getUsername();

  void setUsername(@Nullable String username);

  @Description("Where workers find the user's password: env:NAME or file:PATH.")
  @Nullable String getPasswordFrom();

  void setPasswordFrom(@Nullable String reference);

  @Description("Path of a secure connect bundle; instead of contact points and datacenter.")
  @Nullable String getSecureConnectBundle();

  void setSecureConnectBundle(@Nullable String path);

  @Description("Whether to encrypt, trusting what the JVM trusts or the trust store.")
  @Default.Boolean(false)
  boolean isTls();

  void setTls(boolean tls);

  @Description("Path of a trust store (PKCS12 or JKS) on the workers; implies tls.")
  @Nullable String getTrustStore();

  void setTrustStore(@Nullable String path);

  @Description("Where workers find the trust store's password: env:NAME or file:PATH.")
  @Nullable String getTrustStorePasswordFrom();

  void setTrustStorePasswordFrom(@Nullable String reference);

  @Description("Path of a key store with the client's certificate on the workers; implies tls.")
  @Nullable String getKeyStore();

  void setKeyStore(@Nullable String path);

  @Description("Where workers find the key store's password: env:NAME or file:PATH.")
  @Nullable String getKeyStorePasswordFrom();

  void setKeyStorePasswordFrom(@Nullable String reference);

  @Description("Whether a node's certificate must name the host that was dialled.")
  @Default.Boolean(true)
  boolean isCheckHostNames();

  void setCheckHostNames(boolean check);

  @Description("A file with further settings in the driver's own format, without passwords.")
  @Nullable String getDriverConfigFile();

  void setDriverConfigFile(@Nullable String path);

  @Hidden
  @Description("The text of driverConfigFile, as the launcher read it.")
  @Default.String("")
  String getDriverConfig();

  void setDriverConfig(String text);

  @Description("The most rows that the job writes in a second, all writers together; 0: no limit.")
  @Default.Double(0)
  double getMaxRowsPerSecond();

  void setMaxRowsPerSecond(double rows);

  @Description("For maxRowsPerSecond: in how many processes the job writes, such as task managers.")
  @Default.Integer(1)
  int getWriteWorkers();

  void setWriteWorkers(int workers);

  @Description("The keyspace of the tables.")
  @Default.String("pharos")
  String getKeyspace();

  void setKeyspace(String keyspace);

  @Description("Whether to create the keyspace and the tables to write that are missing.")
  @Default.Boolean(false)
  boolean isCreateTables();

  void setCreateTables(boolean create);

  @Description("Copies of each row in a keyspace that createTables creates.")
  @Default.Integer(1)
  int getReplicationFactor();

  void setReplicationFactor(int factor);

  /** The live tables that the launcher described for a pipeline over tables it does not know. */
  @Hidden
  @JsonIgnore
  @Nullable Map<String, Table> getDescribedTables();

  void setDescribedTables(@Nullable Map<String, Table> tables);
}
