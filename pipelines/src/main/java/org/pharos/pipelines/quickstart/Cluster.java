package org.pharos.pipelines.quickstart;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The cluster that a quickstart works on.
 *
 * @param contactPoints some of its nodes
 * @param datacenter the one whose nodes are asked
 * @param directory where a local one keeps its data; empty if the cluster is somebody else's
 */
record Cluster(List<String> contactPoints, String datacenter, Optional<Path> directory) {}
