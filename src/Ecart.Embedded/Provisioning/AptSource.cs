namespace Ecart.Embedded.Provisioning;

/// <summary>One place packages come from: an address with one of its suites.</summary>
internal sealed record AptSource(string Address, string Suite, IReadOnlyList<string> Components);
