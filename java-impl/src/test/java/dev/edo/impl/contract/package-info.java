/**
 * What a runtime promises, tested over every flavour and both styles of tasks.
 *
 * <p>{@link dev.edo.impl.contract.Setup} is the flavour, {@link dev.edo.impl.contract.Style} the style;
 * {@link dev.edo.impl.contract.Running} is a runtime that somebody drives, so that the same test serves both.
 */
@NullMarked
package dev.edo.impl.contract;

import org.jspecify.annotations.NullMarked;
