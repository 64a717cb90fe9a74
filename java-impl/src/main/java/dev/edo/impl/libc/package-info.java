/**
 * The C library's functions that neither the JDK nor the sockets have: CPU affinity, the open files
 * limit, the kernel's version, native thread names, and what is special to Unix domain sockets. All of
 * them are cold: called at start-up, where something failed, or once a connection. And what it says where something fails: {@link dev.edo.impl.libc.Errno} has
 * the error numbers, {@link dev.edo.impl.libc.SystemError} makes exceptions of them.
 *
 * <p>Each class named {@code ...LibC} is a JNA direct mapping, bound when it is first used; its
 * {@code FAILURE} is null, or why it could not be bound. They pass arrays of primitives instead of
 * JNA structures, because JNA fills structures by reflection, which this module does not open
 * itself to. Where JNA cannot be loaded one log line says so; requests for affinity and Unix domain
 * sockets then fail, everything else does without.
 */
@NullMarked
package dev.edo.impl.libc;

import org.jspecify.annotations.NullMarked;
