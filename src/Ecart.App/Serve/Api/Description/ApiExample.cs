namespace Ecart.App.Serve.Api.Description;

/// <summary>A request as somebody sends it, and what is answered. A test sends every one.</summary>
/// <param name="Name">Word by which it is told from the others of the endpoint, and its request from theirs.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Body">JSON of the request; null for none.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="Answer">JSON of the answer; null for one that is not JSON.</param>
internal sealed record ApiExample(string Name, string Target, string? Body, int Status, string? Answer);
