using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api.Description;

/// <summary>What an endpoint does, takes and answers, for <c>/v1/openapi.json</c>: metadata of the endpoint, written beside its mapping.</summary>
/// <param name="part">The part of the interface that it belongs to: <c>alerts</c>.</param>
/// <param name="summary">What it does, in a few words.</param>
internal sealed class ApiOperation(string part, string summary)
{
    private const string Json = "application/json";
    private readonly List<ApiParameter> parameters = [];
    private readonly List<ApiAnswer> answers = [];
    private readonly List<ApiExample> examples = [];

    /// <summary>The part that it belongs to.</summary>
    public string Part => part;

    /// <summary>What it does.</summary>
    public string Summary => summary;

    /// <summary>More than <see cref="Summary"/>; null for nothing.</summary>
    public string? Explanation { get; private set; }

    /// <summary>Whether only a person in a session may use it.</summary>
    public bool IsOfPersonsAlone { get; private set; }

    /// <summary>The form of its request's body; null for none.</summary>
    public ApiSchema? Body { get; private set; }

    /// <summary>What stands in path, query and headers.</summary>
    public IReadOnlyList<ApiParameter> Parameters => parameters;

    /// <summary>What it answers; problems that others have too are added by the document.</summary>
    public IReadOnlyList<ApiAnswer> Answered => answers;

    /// <summary>Requests as somebody sends them.</summary>
    public IReadOnlyList<ApiExample> Examples => examples;

    /// <summary>Says more.</summary>
    public ApiOperation Explain(string text)
    {
        Explanation = text;
        return this;
    }

    /// <summary>A key is not enough: a person must have signed in.</summary>
    public ApiOperation ByPersonsAlone()
    {
        IsOfPersonsAlone = true;
        return this;
    }

    /// <summary>A part of the path; those that are not told are texts.</summary>
    public ApiOperation Path(string name, string meaning, ApiSchema? schema = null) => With("path", name, meaning, schema);

    /// <summary>A parameter of the query, which may be left out.</summary>
    public ApiOperation Query(string name, string meaning, ApiSchema? schema = null) => With("query", name, meaning, schema);

    /// <summary>A header, which may be left out.</summary>
    public ApiOperation Header(string name, string meaning, ApiSchema? schema = null) => With("header", name, meaning, schema);

    /// <summary>A list that is read a page at a time.</summary>
    public ApiOperation Paged() => this
        .Query("limit", $"Items of a page, at most. Default {PageQuery.DefaultLimit}.", ApiSchema.Between(1, PageQuery.MostLimit))
        .Query(PageQuery.CursorName, "Where to go on: the member next of the page before.");

    /// <summary>The body that it takes, by the type that is read.</summary>
    public ApiOperation Takes<TRequest>() => Takes(ApiSchema.OfRequest<TRequest>());

    /// <summary>The body that it takes.</summary>
    public ApiOperation Takes(ApiSchema schema)
    {
        Body = schema;
        return this;
    }

    /// <summary>What it answers, by the type that is written.</summary>
    public ApiOperation Answers<TAnswer>(string meaning = "Done.", int status = StatusCodes.Status200OK) => Answers(ApiSchema.Of<TAnswer>(), meaning, status);

    /// <summary>What it answers.</summary>
    public ApiOperation Answers(ApiSchema? schema, string meaning = "Done.", int status = StatusCodes.Status200OK, string contentType = Json)
    {
        answers.Add(new ApiAnswer(status, meaning, schema is null ? null : contentType, schema));
        return this;
    }

    /// <summary>When it refuses, beyond what every endpoint refuses.</summary>
    public ApiOperation Refuses(int status, string when) => Answers(ApiSchema.Of<Ecart.Client.Problem>(), when, status, OpenApiDocument.ProblemType);

    /// <summary>A request as somebody sends it, and its answer.</summary>
    public ApiOperation Example(string name, string target, string? answer, string? body = null, int status = StatusCodes.Status200OK)
    {
        examples.Add(new ApiExample(name, target, body, status, answer));
        return this;
    }

    private ApiOperation With(string place, string name, string meaning, ApiSchema? schema)
    {
        parameters.Add(new ApiParameter(place, name, meaning, schema ?? ApiSchema.Text));
        return this;
    }
}
