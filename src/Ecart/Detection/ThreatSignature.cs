using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>A known threat.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Vector">Pattern, zero-padded to 256 floats or of the domain's dimension.</param>
/// <param name="Radius">Distance within which an event matches.</param>
/// <param name="Severity">Severity, which decides the contribution.</param>
/// <param name="Category">Category, for example <c>malware</c>.</param>
/// <param name="EmbeddingVersion">Only vectors of this version are compared.</param>
public sealed record ThreatSignature(string Name, float[] Vector, double Radius, Severity Severity, string Category, int EmbeddingVersion);
