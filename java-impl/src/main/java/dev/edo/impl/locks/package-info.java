/** The lock that tasks of both styles may share. */
@NullMarked
package dev.edo.impl.locks;

import org.jspecify.annotations.NullMarked;
