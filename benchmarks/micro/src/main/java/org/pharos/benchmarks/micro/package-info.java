/** The hot pieces of the nouns alone; those of the doors are in the package of the doors. */
@NullMarked
package org.pharos.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
