package org.pharos.bulk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.cassandra.config.DatabaseDescriptor;
import org.apache.cassandra.config.EncryptionOptions.ServerEncryptionOptions;
import org.apache.cassandra.dht.Murmur3Partitioner.LongToken;
import org.apache.cassandra.dht.Range;
import org.apache.cassandra.io.sstable.SSTableLoader;
import org.apache.cassandra.io.util.File;
import org.apache.cassandra.locator.InetAddressAndPort;
import org.apache.cassandra.locator.SimpleSnitch;
import org.apache.cassandra.schema.Schema;
import org.apache.cassandra.schema.TableId;
import org.apache.cassandra.schema.TableMetadata;
import org.apache.cassandra.schema.TableMetadataRef;
import org.apache.cassandra.streaming.StreamingChannel;
import org.apache.cassandra.streaming.async.NettyStreamingChannel;
import org.apache.cassandra.tools.BulkLoadConnectionFactory;
import org.apache.cassandra.utils.OutputHandler;
import org.jspecify.annotations.Nullable;

/** Streams SSTables to the nodes that hold their tokens, as sstableloader does. */
final class StreamFiles {
  private StreamFiles() {}

  /** A node, and the tokens that it is to get. */
  record Receiver(String host, int port, List<Tokens> ranges) {
    static Receiver read(Requests in) throws IOException {
      return new Receiver(
          in.text(), in.integer(), in.list(() -> new Tokens(in.token(), in.token())));
    }
  }

  record Tokens(long after, long last) {}

  /** Streams, waits for the end, and returns the nodes that did not get everything. */
  static List<String> stream(TargetTable table, String directory, List<Receiver> receivers)
      throws IOException, InterruptedException {
    prepare(table);
    SSTableLoader loader =
        new SSTableLoader(
            new File(directory), new Cluster(table, receivers), new OutputHandler.LogOutput());
    try {
      var unused = loader.stream(Set.of()).get();
    } catch (ExecutionException e) {
      if (loader.getFailedHosts().isEmpty()) {
        throw new IOException("streaming failed: " + e.getCause(), e);
      }
    }
    return loader.getFailedHosts().stream().map(node -> node.toString(true)).toList();
  }

  /** The settings of this process that streaming looks at. */
  private static void prepare(TargetTable table) {
    // A node takes a whole SSTable as files, and refuses it when those of its indexes are not among
    // them. What it gets as partitions it writes anew, and the indexes along with it.
    DatabaseDescriptor.getRawConfig().stream_entire_sstables = !table.attachedIndexes();
    if (DatabaseDescriptor.getEndpointSnitch() == null) {
      // 4.1 asks it whether a node is near, and gives a client none.
      DatabaseDescriptor.setEndpointSnitch(new SimpleSnitch());
    }
    // As sstableloader: the default is for nodes that serve others meanwhile.
    DatabaseDescriptor.setStreamThroughputOutboundBytesPerSec(0);
    DatabaseDescriptor.setInterDCStreamThroughputOutboundBytesPerSec(0);
    DatabaseDescriptor.setEntireSSTableStreamThroughputOutboundMebibytesPerSec(0);
    DatabaseDescriptor.setEntireSSTableInterDCStreamThroughputOutboundMebibytesPerSec(0);
  }

  /** What the loader would ask a cluster; the parent has told it. */
  private static final class Cluster extends SSTableLoader.Client {
    private final TargetTable table;
    private final List<Receiver> receivers;

    Cluster(TargetTable table, List<Receiver> receivers) {
      this.table = table;
      this.receivers = receivers;
    }

    @Override
    public void init(String keyspace) {
      for (Receiver receiver : receivers) {
        InetAddressAndPort node =
            InetAddressAndPort.getByAddressOverrideDefaults(
                address(receiver.host()), receiver.port());
        for (Tokens range : receiver.ranges()) {
          addRangeForEndpoint(
              new Range<>(new LongToken(range.after()), new LongToken(range.last())), node);
        }
      }
    }

    private static InetAddress address(String host) {
      try {
        return InetAddress.getByName(host);
      } catch (IOException e) {
        throw new IllegalArgumentException(host + " is no address", e);
      }
    }

    @Override
    public StreamingChannel.Factory getConnectionFactory() {
      return new OwnPorts();
    }

    @Override
    public @Nullable TableMetadataRef getTableMetadata(String name) {
      TableMetadata known = Schema.instance.getTableMetadata(table.keyspace(), name);
      return known == null
          ? null
          : TableMetadataRef.forOfflineTools(
              known.unbuild().id(TableId.fromString(table.id())).build());
    }
  }

  /** Connects to the port that each node has; Cassandra's own takes one for all. */
  private static final class OwnPorts extends BulkLoadConnectionFactory {
    private static final ServerEncryptionOptions NONE = new ServerEncryptionOptions();

    OwnPorts() {
      super(NONE, 0);
    }

    @Override
    public NettyStreamingChannel create(
        InetSocketAddress to, int messagingVersion, StreamingChannel.Kind kind) throws IOException {
      return new BulkLoadConnectionFactory(NONE, to.getPort()).create(to, messagingVersion, kind);
    }

    @Override
    public StreamingChannel create(
        InetSocketAddress to,
        InetSocketAddress preferred,
        int messagingVersion,
        StreamingChannel.Kind kind)
        throws IOException {
      return create(to, messagingVersion, kind);
    }
  }
}
