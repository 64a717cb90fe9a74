/**
 * What the packages of Edo share with each other and with nobody else.
 */
@NullMarked
package dev.edo.internal;

import org.jspecify.annotations.NullMarked;
