package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads a picture as a strict XML reader does, and what every picture must have. */
record SvgDocument(Document document) {

    static SvgDocument of(Picture picture) {
        return new SvgDocument(parse(picture.svg())).checked(picture);
    }

    static Document parse(String markup) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(markup)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + markup, e);
        }
    }

    private SvgDocument checked(Picture picture) {
        Element svg = document.getDocumentElement();
        assertEquals("http://www.w3.org/2000/svg", svg.getNamespaceURI());
        assertEquals("img", svg.getAttribute("role"));
        assertEquals(picture.altText(), svg.getAttribute("aria-label"));
        assertFalse(texts("title").get(0).isBlank());
        assertTrue(Double.parseDouble(svg.getAttribute("width")) <= 840, svg.getAttribute("width"));
        assertEquals(0, elements("script").getLength());
        String[] view = svg.getAttribute("viewBox").split(" ");
        for (int i = 0; i < elements("text").getLength(); i++) {
            Element text = (Element) elements("text").item(i);
            double x = Double.parseDouble(text.getAttribute("x"));
            double y = Double.parseDouble(text.getAttribute("y"));
            assertTrue(x >= 0 && x <= Double.parseDouble(view[2]), "cut off at the side: " + text.getTextContent());
            assertTrue(y >= 0 && y <= Double.parseDouble(view[3]) - 12, "cut off below: " + text.getTextContent());
        }
        return this;
    }

    private NodeList elements(String name) {
        return document.getElementsByTagNameNS("*", name);
    }

    int count(String name) {
        return elements(name).getLength();
    }

    List<String> texts(String name) {
        return IntStream.range(0, count(name))
                .mapToObj(i -> elements(name).item(i).getTextContent().replace('\u00a0', ' '))
                .toList();
    }
}
