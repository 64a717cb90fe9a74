package dev.edo.examples.miniredis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who listens to which channel. */
final class Channels {
    private final ConcurrentHashMap<Key, Set<Inbox>> inboxes = new ConcurrentHashMap<>();

    void join(Key channel, Inbox inbox) {
        inboxes.compute(channel, (_, present) -> {
            var members = present == null ? ConcurrentHashMap.<Inbox>newKeySet() : present;
            members.add(inbox);
            return members;
        });
    }

    void leave(Key channel, Inbox inbox) {
        inboxes.computeIfPresent(channel, (_, members) -> {
            members.remove(inbox);
            return members.isEmpty() ? null : members;
        });
    }

    /** Gives a message to all who listen to its channel; returns how many they are. */
    int publish(Message message) {
        var members = inboxes.get(message.channel());
        int receivers = 0;
        if (members != null) {
            for (var inbox : members) {
                inbox.offer(message);
                receivers++;
            }
        }
        return receivers;
    }
}
