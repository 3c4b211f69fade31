using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Exceptions;

/// <summary>The requests of docs/how-to/exceptions.md, sent as they stand.</summary>
public sealed partial class ExceptionDocumentationTests(MariaDbFixture server)
{
    [Fact]
    public async Task Requests_AsTheyStand_AreTaken()
    {
        string text = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs/how-to/exceptions.md"), TestContext.Current.CancellationToken);
        Match[] requests = Request().Matches(text).ToArray();
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        await ExceptionApiTests.RaiseAsync(service, "E1");

        foreach (Match request in requests)
        {
            (HttpStatusCode status, JsonElement answer) = await program.AskAsync("POST", request.Groups[1].Value, request.Groups[2].Value);
            Assert.True((int)status is 200 or 201, answer.GetRawText());
        }

        Assert.Equal(2, requests.Length);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM anomaly_exceptions WHERE active"));
    }

    [GeneratedRegex(@"```json\nPOST (\S+)\n\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Request();
}
