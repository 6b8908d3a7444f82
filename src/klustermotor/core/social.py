"""How logging in through OpenID Connect behaves here."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Lets in only those who have an account already; the issuer vouches for the address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False
