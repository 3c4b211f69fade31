using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecart.App.Serve.Api.Description;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Json.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Xunit;
using OpenApiDocument = Ecart.App.Serve.Api.Description.OpenApiDocument;

namespace Ecart.App.Tests.Serve.Api;

/// <summary><c>/v1/openapi.json</c> against the standard's reader, against itself and against the service.</summary>
public sealed class OpenApiTests(MariaDbFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_BelowV1_HaveSummaryResponseAndExample()
    {
        await using RunningService service = await RunningService.StartAsync(server);

        foreach (RouteEndpoint endpoint in service.Endpoints.Where(OpenApiDocument.Holds).Cast<RouteEndpoint>())
        {
            ApiOperation? operation = endpoint.Metadata.GetMetadata<ApiOperation>();
            string name = $"{string.Join(',', endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])} {endpoint.RoutePattern.RawText}";
            Assert.True(operation is not null, $"{name} is not described: add .Describe(new ApiOperation(...)) to its mapping.");
            Assert.True(operation.Summary.Length is > 5 and < 120, $"{name} has no summary.");
            Assert.True(operation.Answered.Any(answer => answer.Status < 300), $"{name} has no answer: add .Answers<T>().");
            Assert.True(operation.Answered.All(answer => answer.Schema is not null || answer.Status == 204), $"{name} has an answer without a form.");
            Assert.True(operation.Examples.Any(example => example.Status < 300 || operation.IsOfPersonsAlone), $"{name} has no example of success: add .Example(...).");
            Assert.Equal(operation.Examples.Count, operation.Examples.Select(example => example.Name).Distinct().Count());
        }
    }

    [Fact]
    public async Task Document_ByTheReaderOfTheStandard_HasNoFault()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(await service.GetAsync("/v1/openapi.json")));

        ReadResult read = await Microsoft.OpenApi.OpenApiDocument.LoadAsync(stream, OpenApiConstants.Json, cancellationToken: Cancellation);

        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Contains("/v1/events", read.Document!.Paths.Keys);
        Assert.All(read.Document.Paths.Keys, path => Assert.StartsWith("/v1/", path, StringComparison.Ordinal));
        string[] ids = [.. read.Document.Paths.SelectMany(path => path.Value.Operations!.Values).Select(operation => operation.OperationId!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task Document_EveryExample_HasTheFormThatIsTold()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        JsonObject document = JsonNode.Parse(await service.GetAsync("/v1/openapi.json"))!.AsObject();

        foreach (DocumentedExample example in DocumentedExample.Of(document))
        {
            if (example.Body is not null) AssertFits(document, example.BodySchema!, example.Body, $"request of {example}");
            if (example.Answer is not null) AssertFits(document, example.AnswerSchema!, example.Answer, $"answer of {example}");
        }
    }

    [Fact]
    public async Task Document_EveryExample_IsAnsweredByTheServiceAsTold()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor admin = await Visitor.ProgramAsync(service, AccessRole.Admin);
        JsonObject document = JsonNode.Parse(await service.GetAsync("/v1/openapi.json"))!.AsObject();
        DocumentedExample[] examples = [.. DocumentedExample.Of(document)];
        Assert.True(examples.Length >= 7, $"{examples.Length}");
        var wrong = new List<string>();

        foreach (DocumentedExample example in examples)
        {
            using HttpResponseMessage response = await admin.SendAsync(example.Method, example.Target, example.Body?.ToJsonString(), [.. example.Headers]);
            string? type = response.Content.Headers.ContentType?.MediaType;
            bool isStream = type == "text/event-stream";
            string text = isStream ? "" : await response.Content.ReadAsStringAsync(Cancellation);
            if ((int)response.StatusCode != example.Status) wrong.Add($"{example} answered {(int)response.StatusCode} instead of {example.Status}: {text}");
            else if (type != example.ContentType) wrong.Add($"{example} answered {type} instead of {example.ContentType}");
            else if (type is "application/json" or "application/problem+json") AssertFits(document, example.AnswerSchema!, JsonNode.Parse(text)!, $"real answer of {example}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("/v1/audit?limit=0", "limit")]
    [InlineData("/v1/audit?limit=201", "limit")]
    [InlineData("/v1/audit?limit=ten", "limit")]
    [InlineData("/v1/audit?cursor=%27%20OR%201%3D1", "cursor")]
    [InlineData("/v1/audit?cursor=bm9uZQ", "cursor")]
    public async Task Audit_WrongPage_NamesTheField(string path, string field)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor admin = await Visitor.ProgramAsync(service, AccessRole.Admin);

        (HttpStatusCode status, JsonElement json) = await admin.AskAsync("GET", path);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(field, json.GetProperty("field").GetString());
    }

    private static void AssertFits(JsonObject document, JsonNode schema, JsonNode value, string what)
    {
        JsonObject self = Resolve(schema.DeepClone()).AsObject();
        self["$defs"] = Resolve(document["components"]!["schemas"]!.DeepClone());
        EvaluationResults results = JsonSchema.FromText(self.ToJsonString()).Evaluate(
            JsonSerializer.SerializeToElement(value), new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(
            results.IsValid,
            $"The {what} has another form: {string.Join("; ", (results.Details ?? []).Where(detail => detail.Errors is not null).Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}"))}\n{value.ToJsonString()}");
    }

    /// <summary>Within a document of its own a form finds the others elsewhere.</summary>
    private static JsonNode Resolve(JsonNode node) =>
        JsonNode.Parse(node.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!;
}
