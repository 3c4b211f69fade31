using System.Globalization;
using System.Text.Json.Nodes;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Idempotency;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Api.Description;

/// <summary>Writes one endpoint of the document.</summary>
internal sealed class OperationWriter(RouteEndpoint endpoint, ApiOperation operation, string method, ApiComponents components)
{
    private const string Json = "application/json";
    private readonly AccessRule? rule = endpoint.Metadata.GetMetadata<AccessRule>();
    private readonly ExampleTarget[] targets = [.. operation.Examples.Select(example => ExampleTarget.Read(endpoint.RoutePattern, example))];

    public JsonObject Write()
    {
        var written = new JsonObject
        {
            ["tags"] = new JsonArray(operation.Part),
            ["operationId"] = OperationId(),
            ["summary"] = operation.Summary,
            ["description"] = operation.Explanation is { } more ? $"{more} {OpenApiDocument.Needs(rule)}" : OpenApiDocument.Needs(rule),
            ["security"] = OpenApiDocument.Security(rule, operation.IsOfPersonsAlone),
        };
        if (Parameters() is { Count: > 0 } parameters) written["parameters"] = parameters;
        if (operation.Body is { } body)
        {
            var content = new JsonObject { ["schema"] = body.Write(components) };
            JsonObject examples = Examples(operation.Examples.Where(example => example.Body is not null), example => example.Body!);
            if (examples.Count > 0) content["examples"] = examples;
            written["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { [Json] = content } };
        }

        written["responses"] = Responses();
        return written;
    }

    private JsonArray Parameters()
    {
        IEnumerable<ApiParameter> untold = endpoint.RoutePattern.Parameters
            .Where(part => !operation.Parameters.Any(told => told.Place == "path" && told.Name == part.Name))
            .Select(part => new ApiParameter("path", part.Name, $"The {part.Name}.", ApiSchema.Text));
        IEnumerable<ApiParameter> all = operation.Parameters.Concat(untold);
        if (OpenApiDocument.IsIdempotent(endpoint))
        {
            all = all.Append(new ApiParameter(
                "header", IdempotencyGate.KeyHeader,
                $"A key of yours for this request, 1 to {IdempotencyGate.LongestKey} visible ASCII characters: sent again within 24 hours it is answered alike and done once.", ApiSchema.Text));
        }

        return new JsonArray([.. all.Select(Parameter)]);
    }

    private JsonObject Parameter(ApiParameter parameter)
    {
        var written = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.Place,
            ["description"] = parameter.Meaning,
            ["schema"] = parameter.Schema.Write(components),
        };
        if (parameter.Place == "path") written["required"] = true;
        var examples = new JsonObject();
        foreach (ExampleTarget target in targets)
            if (target.Values.TryGetValue((parameter.Place, parameter.Name), out string? value)) examples[target.Name] = new JsonObject { ["value"] = value };
        if (examples.Count > 0) written["examples"] = examples;
        return written;
    }

    private JsonObject Responses()
    {
        var responses = new JsonObject();
        foreach (IGrouping<int, ApiAnswer> answers in operation.Answered.Concat(Usual()).GroupBy(answer => answer.Status).OrderBy(answers => answers.Key))
        {
            var response = new JsonObject { ["description"] = string.Join(" ", answers.Select(answer => answer.Meaning).Distinct()) };
            if (answers.FirstOrDefault(answer => answer.Schema is not null) is { } first)
            {
                var content = new JsonObject { ["schema"] = first.Schema!.Write(components) };
                JsonObject examples = Examples(operation.Examples.Where(example => example.Status == answers.Key && example.Answer is not null), example => example.Answer!);
                if (examples.Count > 0) content["examples"] = examples;
                response["content"] = new JsonObject { [first.ContentType!] = content };
            }

            responses[answers.Key.ToString(CultureInfo.InvariantCulture)] = response;
        }

        return responses;
    }

    /// <summary>What every endpoint of its kind may answer.</summary>
    private IEnumerable<ApiAnswer> Usual()
    {
        bool isChange = method is not "GET";
        if (operation.Body is not null) yield return Problem(StatusCodes.Status400BadRequest, "The request cannot be read.");
        if (rule?.Least is not null) yield return Problem(StatusCodes.Status401Unauthorized, "It is not known who asks.");
        if (rule?.Least is not null || isChange) yield return Problem(StatusCodes.Status403Forbidden, "The role is not enough, or another site has a browser send it.");
        if (endpoint.RoutePattern.Parameters.Count > 0) yield return Problem(StatusCodes.Status404NotFound, "It is not there.");
        if (operation.Body is not null) yield return Problem(StatusCodes.Status413PayloadTooLarge, "The body is too large.");
        if (operation.Body is not null || operation.Parameters.Count > 0) yield return Problem(StatusCodes.Status422UnprocessableEntity, "A field cannot be used; field and value say which.");
        if (OpenApiDocument.IsIdempotent(endpoint)) yield return Problem(StatusCodes.Status409Conflict, "The same request is being carried out under the same key, or its answer was lost.");
        if (OpenApiDocument.IsIdempotent(endpoint)) yield return Problem(StatusCodes.Status422UnprocessableEntity, "The key was used for another request.");
        yield return Problem(StatusCodes.Status503ServiceUnavailable, "The service is starting or stopping, or the store is away: send it again after Retry-After.");
    }

    private static ApiAnswer Problem(int status, string meaning) => new(status, meaning, OpenApiDocument.ProblemType, ApiSchema.Of<Ecart.Client.Problem>());

    private static JsonObject Examples(IEnumerable<ApiExample> examples, Func<ApiExample, string> json)
    {
        var written = new JsonObject();
        foreach (ApiExample example in examples) written[example.Name] = new JsonObject { ["value"] = JsonNode.Parse(json(example)) };
        return written;
    }

    /// <summary>Method and path in one word, by which generators of clients name a method.</summary>
    private string OperationId() => method.ToLowerInvariant() + string.Concat(OpenApiDocument.PathOf(endpoint)
        .Split('/', '.', '-', '_').Skip(2).Select(part => part.Trim('{', '}')).Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
