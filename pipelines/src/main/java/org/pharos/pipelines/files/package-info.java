/** Rows as files: CSV and Apache Parquet. */
@NullMarked
package org.pharos.pipelines.files;

import org.jspecify.annotations.NullMarked;
