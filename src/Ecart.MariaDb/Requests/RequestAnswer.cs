namespace Ecart.MariaDb.Requests;

/// <summary>An answer that is kept.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">What it is; null for nothing.</param>
/// <param name="Location">Where what was made is; null for none.</param>
/// <param name="Body">Its bytes.</param>
public sealed record RequestAnswer(int Status, string? ContentType, string? Location, ReadOnlyMemory<byte> Body);
