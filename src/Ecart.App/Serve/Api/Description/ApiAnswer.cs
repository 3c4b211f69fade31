namespace Ecart.App.Serve.Api.Description;

/// <summary>What an endpoint answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Meaning">When, for people.</param>
/// <param name="ContentType">What it is; null for nothing.</param>
/// <param name="Schema">Its form; null for an answer without a body.</param>
internal sealed record ApiAnswer(int Status, string Meaning, string? ContentType, ApiSchema? Schema);
