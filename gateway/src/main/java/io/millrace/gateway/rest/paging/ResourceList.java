package io.millrace.gateway.rest.paging;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * A page of a list, in Confluent's envelope.
 *
 * @param kind what the list is, for example {@code KafkaTopicList}
 * @param <T> the JSON shape of an entry
 */
public record ResourceList<T>(String kind, Metadata metadata, List<T> data) {
    /**
     * Where the page is.
     *
     * @param self the URL that was asked
     * @param next the URL of the next page, or null on the last one
     */
    public record Metadata(String self, @Nullable String next) {}

    /** How entries are told apart: a key that sorts them, and how to read it back from text. */
    public record Key<S, K extends Comparable<K>>(Function<S, K> of, Function<String, K> parse) {
        /** Entries sorted by a name. */
        public static <S> Key<S, String> name(Function<S, String> of) {
            return new Key<>(of, text -> text);
        }

        /** Entries sorted by a number. */
        public static <S> Key<S, Integer> number(Function<S, Integer> of) {
            return new Key<>(of, Integer::valueOf);
        }

        private K after(String text) {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException wrong) {
                throw PageRequest.wrongToken();
            }
        }
    }

    /**
     * Cuts the page that the request asks for out of the entries, which are sorted by their key. Only the entries of that
     * page are turned into JSON shapes. Entries that come and go between two pages move nothing else.
     */
    public static <S, K extends Comparable<K>, T> ResourceList<T> page(
            String kind, Collection<S> sorted, Key<S, K> key, Function<S, T> shape, HttpServletRequest request) {
        PageRequest page = PageRequest.of(request);
        @Nullable K after = page.after().map(key::after).orElse(null);
        List<T> data = new ArrayList<>();
        @Nullable K last = null;
        for (S entry : sorted) {
            K entryKey = key.of().apply(entry);
            if (after != null && entryKey.compareTo(after) <= 0) {
                continue;
            }
            if (data.size() == page.size() && last != null) {
                return new ResourceList<>(kind, new Metadata(self(request), next(request, last.toString())), data);
            }
            data.add(shape.apply(entry));
            last = entryKey;
        }
        return new ResourceList<>(kind, new Metadata(self(request), null), data);
    }

    private static String self(HttpServletRequest request) {
        return ServletUriComponentsBuilder.fromRequest(request).toUriString();
    }

    private static String next(HttpServletRequest request, String last) {
        return ServletUriComponentsBuilder.fromRequest(request)
                .replaceQueryParam(PageRequest.TOKEN, PageRequest.encode(last))
                .toUriString();
    }
}
