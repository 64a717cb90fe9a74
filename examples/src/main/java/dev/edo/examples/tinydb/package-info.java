/** A database on one page: lines in, lines out. */
@NullMarked
package dev.edo.examples.tinydb;

import org.jspecify.annotations.NullMarked;
