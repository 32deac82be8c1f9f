package org.pharos.local;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What an operator would ask of one node with nodetool, over the JVM's own management agent: no
 * port to choose.
 */
final class NodeManagement implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final ObjectName storage;

  private NodeManagement(JMXConnector connector) throws IOException, JMException {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
    this.storage = new ObjectName("org.apache.cassandra.db:type=StorageService");
  }

  // The address comes from a process of our own on this machine, not from a directory service.
  @SuppressWarnings("BanJNDI")
  static NodeManagement of(long pid) throws IOException, JMException {
    return new NodeManagement(JMXConnectorFactory.connect(new JMXServiceURL(address(pid))));
  }

  /** Where the management agent of a process listens, to this machine alone. */
  static String address(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("Process " + pid + " does not let itself be attached to", e);
    }
  }

  /** Whether it serves CQL: another's server on the same port would not deceive this. */
  boolean servesCql() throws IOException, JMException {
    return Boolean.TRUE.equals(server.getAttribute(storage, "NativeTransportRunning"));
  }

  /** How many nodes this one knows to be up, itself included. */
  int liveNodes() throws IOException, JMException {
    return ((List<?>) server.getAttribute(storage, "LiveNodes")).size();
  }

  /** Writes a keyspace's memtables to disk. */
  void flush(String keyspace) throws IOException, JMException {
    Object ignored =
        server.invoke(
            storage,
            "forceKeyspaceFlush",
            new Object[] {keyspace, new String[0]},
            new String[] {String.class.getName(), String[].class.getName()});
  }

  /** Computes system.size_estimates anew. */
  void refreshSizeEstimates() throws IOException, JMException {
    Object ignored = server.invoke(storage, "refreshSizeEstimates", new Object[0], new String[0]);
  }

  /** Reads the node's key and certificate again, for connections from now on. */
  void reloadCertificates() throws IOException, JMException {
    Object ignored =
        server.invoke(
            new ObjectName("org.apache.cassandra.net:type=MessagingService"),
            "reloadSslCertificates",
            new Object[0],
            new String[0]);
  }

  /** Writes an archive of the classes that are loaded. */
  void writeClasses(Path archive) throws IOException {
    try {
      Object ignored =
          server.invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "vmCds",
              new Object[] {new String[] {"dynamic_dump", archive.toString()}},
              new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IOException("The JVM writes no archive of its classes", e);
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
