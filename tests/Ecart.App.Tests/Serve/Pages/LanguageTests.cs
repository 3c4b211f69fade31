using System.Text.RegularExpressions;
using Ecart.App.Serve.Pages;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Pages;

public sealed partial class LanguageTests(MariaDbFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Texts_OfEveryLanguage_HaveTheSameKeysAndPlaces()
    {
        string[] keys = [.. Language.English.Keys.Order(StringComparer.Ordinal)];
        Assert.NotEmpty(keys);
        foreach (Language language in Language.All)
        {
            Assert.Equal(keys, language.Keys.Order(StringComparer.Ordinal));
            foreach (string key in keys)
            {
                Assert.False(string.IsNullOrWhiteSpace(language[key]), key);
                Assert.Equal(Places(Language.English[key]), Places(language[key]));
            }
        }
    }

    [Theory]
    [InlineData("fr-CH, fr;q=0.9, en;q=0.8", "Se connecter")]
    [InlineData("de, en;q=0.5, fr;q=0.7", "Se connecter")]
    [InlineData("de", "Sign in")]
    [InlineData("';<script>", "Sign in")]
    public async Task SignInPage_ByTheBrowsersLanguage_IsInIt(string accepted, string expected)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor visitor = Visitor.Stranger(service);

        using HttpResponseMessage answer = await visitor.SendAsync("GET", "/console/sign-in", null, ("Accept-Language", accepted));

        Assert.Contains($"<h1>{expected}</h1>", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HomePage_InTheChosenLanguage_TellsAnAdministratorWhoDidWhatAndNobodyElse()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ada = await Visitor.SignedInAsync(service, "ada", AccessRole.Admin);
        using Visitor vera = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);
        await new AuditLog(service.Database).AppendAsync("<script>alert(1)</script>", "sign_in_failed", "user", "<img src=x onerror=alert(2)>", null, Cancellation);
        using HttpResponseMessage chosen = await ada.PostFormAsync(
            "/console/language", ("language", "fr"), ("return", "/console/home"), (App.Serve.Access.AccessGate.TokenField, ada.PageToken!));

        string administrators = await PageAsync(ada);
        string viewers = await PageAsync(vera);

        Assert.Contains("Qui a fait quoi", administrators, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x", administrators, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", administrators, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", administrators, StringComparison.Ordinal);
        Assert.Contains("Welcome, vera.", viewers, StringComparison.Ordinal);
        Assert.DoesNotContain("Who did what", viewers, StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(Visitor visitor)
    {
        using HttpResponseMessage answer = await visitor.GetAsync("/console/home");
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static string[] Places(string text) => [.. Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();
}
