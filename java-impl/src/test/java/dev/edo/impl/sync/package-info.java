/**
 * What tasks share, under a running runtime: every flavour, both styles, and plain threads beside
 * them.
 */
@NullMarked
package dev.edo.impl.sync;

import org.jspecify.annotations.NullMarked;
