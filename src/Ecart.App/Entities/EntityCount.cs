namespace Ecart.App.Entities;

/// <summary>How often one thing was seen.</summary>
/// <param name="Label">The thing.</param>
/// <param name="Count">How often.</param>
public sealed record EntityCount(string Label, double Count);
