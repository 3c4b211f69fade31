using System.Net;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Pages;

/// <summary>A problem is a page to who reads pages, and JSON to programs.</summary>
public sealed class FaultPageTests(MariaDbFixture server)
{
    private const string Wrong = "/console/calibration/backtest?flag=%3Cscript%3Ealert(1)%3C/script%3E&medium=0.5&high=0.6&critical=0.8";

    [Theory]
    [InlineData("en", "That cannot be used")]
    [InlineData("fr", "Cette valeur ne convient pas")]
    public async Task WrongValue_OnAPage_IsToldInWordsAndEncoded(string language, string heading)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor ada = await Visitor.SignedInAsync(service, "ada", AccessRole.Admin);

        using HttpResponseMessage answer = await ada.SendAsync("GET", Wrong, null, ("Accept", "text/html,*/*;q=0.8"), ("Accept-Language", language));
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"<h1>{heading}</h1>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/console/calibration\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoleThatIsNotEnough_OnAPage_IsToldInWords()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor vera = await Visitor.SignedInAsync(service, "vera", AccessRole.Viewer);

        using HttpResponseMessage page = await vera.SendAsync("GET", Wrong, null, ("Accept", "text/html"));
        using HttpResponseMessage json = await vera.SendAsync("GET", Wrong, null);

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], new[] { page.StatusCode, json.StatusCode });
        Assert.Contains("Your role is not enough", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("application/problem+json", json.Content.Headers.ContentType!.MediaType);
    }
}
