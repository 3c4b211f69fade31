namespace Ecart.App.Serve.Api.Description;

/// <summary>A parameter of an endpoint.</summary>
/// <param name="Place"><c>query</c>, <c>path</c> or <c>header</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it does, for people.</param>
/// <param name="Schema">What it may be.</param>
internal sealed record ApiParameter(string Place, string Name, string Meaning, ApiSchema Schema);
