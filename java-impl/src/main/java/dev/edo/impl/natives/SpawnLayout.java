package dev.edo.impl.natives;

/**
 * The layout of one start of a program. The twin of {@code struct edo_spawn} in {@code
 * native/include/edo_abi.h}, compared with it by {@link Abi}; who fills it in says so there.
 */
public final class SpawnLayout {

    /** Bytes of the whole. */
    public static final int SIZE = 80;
    /** Its address is a multiple of this. */
    public static final int ALIGNMENT = 8;

    /** The files to try, one after the other: the address of an array of strings. */
    public static final int PATHS = 0;
    /** The arguments: likewise. */
    public static final int ARGUMENTS = 8;
    /** The arguments of a shell that runs a script: its name, room for the file, the arguments from 1. */
    public static final int SHELL = 16;
    /** The environment: likewise; 0 is this process's own. */
    public static final int ENVIRONMENT = 24;
    /** The working directory: the address of a string; 0 is this process's own. */
    public static final int DIRECTORY = 32;
    /** Three descriptors, or {@link #INHERIT}. */
    public static final int STDIO = 40;
    /** Which of the next three count. */
    public static final int OPTIONS = 52;
    /** A user. */
    public static final int UID = 56;
    /** A group of users. */
    public static final int GID = 60;
    /** A group of processes. */
    public static final int GROUP = 64;
    /** Written by C: the child. */
    public static final int PID = 68;
    /** Written by C: what failed. */
    public static final int STEP = 72;

    /** In place of a descriptor: the child has what this process has there, unless that is closed on exec. */
    public static final int INHERIT = -1;

    /** The user counts. */
    public static final int OPTION_UID = 0x01;
    /** The group of users counts. */
    public static final int OPTION_GID = 0x02;
    /** The group of processes counts. */
    public static final int OPTION_GROUP = 0x04;
    /** For tests: does without {@code close_range}. */
    public static final int OPTION_WALK = 0x08;

    /** Making a process. */
    public static final int STEP_FORK = 1;
    /** Giving it its standard streams. */
    public static final int STEP_STDIO = 2;
    /** Changing the group of users. */
    public static final int STEP_GID = 3;
    /** Changing the user. */
    public static final int STEP_UID = 4;
    /** Changing the working directory. */
    public static final int STEP_DIRECTORY = 5;
    /** Changing the group of processes. */
    public static final int STEP_GROUP = 6;
    /** Becoming the program. */
    public static final int STEP_EXEC = 7;

    private SpawnLayout() {
    }
}
