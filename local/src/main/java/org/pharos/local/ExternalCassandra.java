package org.pharos.local;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A cluster that somebody else started and will end. */
final class ExternalCassandra implements CassandraCluster {
  private final List<String> contactPoints;
  private final String datacenter;
  private final Optional<Login> login;
  private final CqlSession session;

  ExternalCassandra(String contactPoints, String datacenter, Optional<Login> login) {
    this.contactPoints = Arrays.stream(contactPoints.split(",")).map(String::trim).toList();
    this.datacenter = datacenter;
    this.login = login;
    this.session = Sessions.open(this);
  }

  @Override
  public List<String> contactPoints() {
    return contactPoints;
  }

  @Override
  public String datacenter() {
    return datacenter;
  }

  @Override
  public Optional<Login> login() {
    return login;
  }

  @Override
  public CqlSession session() {
    return session;
  }
}
