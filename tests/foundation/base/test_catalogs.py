from gettext import c2py

from django.utils.translation.trans_real import TranslationCatalog, translation


def test_one_table_of_texts_for_all_apps():
    assert len(translation("zh-hans")._catalog._catalogs) == 1


class App:
    def __init__(self, plural, **texts):
        self.plural, self._catalog = c2py(plural), texts


def test_the_later_text_counts_and_another_plural_has_a_table_of_its_own():
    found = TranslationCatalog(App("0", one="一", two="二"))
    found.update(App("0", two="两"))
    assert [found["one"], found["two"], len(found._catalogs)] == ["一", "两", 1]
    found.update(App("n != 1", two="贰"))
    assert [found["one"], found["two"], len(found._catalogs)] == ["一", "贰", 2]
