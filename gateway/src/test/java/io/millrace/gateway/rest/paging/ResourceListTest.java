package io.millrace.gateway.rest.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.gateway.rest.problem.ProblemException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.util.UriComponentsBuilder;

class ResourceListTest {
    private static final ResourceList.Key<Integer, Integer> KEY = ResourceList.Key.number(number -> number);

    @Test
    void everyPageLinksToTheNextUntilAllWasSeen() {
        ResourceList<String> first = page(List.of(1, 2, 9, 10, 11), "page_size=2");
        ResourceList<String> second = page(List.of(1, 2, 9, 10, 11), query(first));
        ResourceList<String> third = page(List.of(1, 2, 9, 10, 11), query(second));

        assertThat(first.data()).containsExactly("1", "2");
        assertThat(second.data()).containsExactly("9", "10");
        assertThat(third.data()).containsExactly("11");
        assertThat(third.metadata().next()).isNull();
    }

    @Test
    void entriesThatComeAndGoBetweenPagesMoveNothingElse() {
        ResourceList<String> first = page(List.of(1, 2, 9, 10), "page_size=2");

        assertThat(page(List.of(0, 1, 9, 10), query(first)).data()).containsExactly("9", "10");
    }

    @Test
    void aFullLastPageHasNoNext() {
        assertThat(page(List.of(1, 2), "page_size=2").metadata().next()).isNull();
    }

    @Test
    void theListSaysWhereItIs() {
        assertThat(page(List.of(1), "page_size=2").metadata().self()).isEqualTo("http://localhost/v3/x?page_size=2");
    }

    @Test
    void sizesAndTokensOutOfRangeAreRefused() {
        for (String query :
                List.of("page_size=0", "page_size=1001", "page_size=x", "page_token=%25", "page_token=YQ")) {
            assertThatThrownBy(() -> page(List.of(1), query)).isInstanceOf(ProblemException.class);
        }
    }

    private static String query(ResourceList<String> page) {
        String next = page.metadata().next();
        return next == null ? "" : URI.create(next).getRawQuery();
    }

    private static ResourceList<String> page(List<Integer> all, String query) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v3/x");
        request.setQueryString(query);
        UriComponentsBuilder.fromUriString("?" + query)
                .build()
                .getQueryParams()
                .forEach((name, values) -> request.setParameter(name, values.getFirst()));
        return ResourceList.page("Numbers", all, KEY, number -> Integer.toString(number), request);
    }
}
