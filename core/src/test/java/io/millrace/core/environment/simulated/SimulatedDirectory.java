package io.millrace.core.environment.simulated;

import io.millrace.core.environment.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names in one directory as programs see them, and as they would be after a loss of power. */
final class SimulatedDirectory implements SimulatedNode {
    private final TreeMap<String, SimulatedNode> current = new TreeMap<>();
    private final TreeMap<String, SimulatedNode> durable = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    /** A name appears or, without a node, disappears; a renaming is both at once. */
    private record Change(
            @Nullable String removed,
            @Nullable String added,
            @Nullable SimulatedNode node) {
        void applyTo(TreeMap<String, SimulatedNode> names) {
            if (removed != null) {
                names.remove(removed);
            }
            if (added != null && node != null) {
                names.put(added, node);
            }
        }
    }

    List<String> names() {
        return List.copyOf(current.keySet());
    }

    /** The names that a loss of power leaves at worst. */
    List<String> durableNames() {
        return List.copyOf(durable.keySet());
    }

    @Nullable
    SimulatedNode get(String name) {
        return current.get(name);
    }

    /** What a loss of power leaves of that name at worst. */
    @Nullable
    SimulatedNode getDurable(String name) {
        return durable.get(name);
    }

    void put(String name, SimulatedNode node) {
        change(new Change(null, name, node));
    }

    void remove(String name) {
        change(new Change(name, null, null));
    }

    void rename(String from, String to) {
        change(new Change(from, to, current.get(from)));
    }

    void sync() {
        unsynced.forEach(change -> change.applyTo(durable));
        unsynced.clear();
    }

    void failSync() {
        unsynced.clear();
    }

    @Override
    public void losePower(PowerLoss loss, Randomness chance) {
        switch (loss) {
            case LOSES_NOTHING -> {
                return;
            }
            case LOSES_ALL -> {}
            case KEEPS_A_PREFIX ->
                unsynced.subList(0, chance.nextInt(unsynced.size() + 1)).forEach(change -> change.applyTo(durable));
            case KEEPS_ANY ->
                unsynced.stream().filter(change -> chance.nextInt(2) == 0).forEach(change -> change.applyTo(durable));
        }
        unsynced.clear();
        current.clear();
        current.putAll(durable);
        current.values().forEach(node -> node.losePower(loss, chance));
    }

    private void change(Change change) {
        change.applyTo(current);
        unsynced.add(change);
    }
}
