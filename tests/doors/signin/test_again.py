"""Asked once more for the password: nobody who comes there by chance meets a closed door without a word."""

import pytest
from django.test import Client


@pytest.mark.parametrize("address", ["/signin/again/", "/signin/second/again/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_led_to_signing_in(cast, address, method):
    answer = getattr(Client(), method)(address)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/signin/?next=")


def test_by_a_plain_address_the_password_is_asked_for(cast, client_for):
    page = client_for("张伟").get("/signin/again/")
    assert page.status_code == 200
    assert 'name="password"' in page.text


@pytest.mark.parametrize("address", ["/signin/again/", "/signin/second/again/"])
@pytest.mark.parametrize(("language", "said"), [("zh-CN", "还没有密码"), ("en", "has no password")])
def test_who_has_no_password_is_told_what_to_do(cast, address, language, said):
    account = cast.accounts["张伟"]
    account.set_unusable_password()
    account.save()
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    answer = client.get(address, follow=True)
    assert answer.redirect_chain == [("/signin/password/new/", 302)]
    assert answer.status_code == 200
    assert said in answer.text.split("<main")[1].split("</main")[0]  # above the fields: a toast lies over them
    assert 'class="toast' not in answer.text
    assert 'name="password1"' in answer.text
