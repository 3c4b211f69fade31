using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve;

/// <summary>The examples of docs/reference/http.md, run in their order on a new store.</summary>
public sealed partial class HttpDocumentationTests(MariaDbFixture server)
{
    [Fact]
    public async Task Examples_RunInOrder_AnswerAsWritten()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/reference/http.md"));
        string[] blocks = [.. HttpBlock().Matches(text).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(blocks);
        Assert.Equal(0, blocks.Length % 2);
        await using RunningService service = await RunningService.StartAsync(server);

        for (int i = 0; i < blocks.Length; i += 2)
        {
            (string request, string body) = Split(blocks[i]);
            (string status, string expected) = Split(blocks[i + 1]);
            HttpAnswer answer = await service.PostAsync(request.Split(' ')[1], body);
            string actual = JsonSerializer.Serialize(answer.Json, Indented);
            Assert.True(status == $"HTTP/1.1 {(int)answer.Status}", $"{request} {body} answered {answer.Status}");
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"{request} {body}\nanswered\n{actual}");
        }
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static (string Head, string Content) Split(string block)
    {
        string[] parts = block.Split("\n\n", 2);
        return (parts[0].Trim(), parts[1].Trim());
    }

    [GeneratedRegex(@"```http\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex HttpBlock();
}
