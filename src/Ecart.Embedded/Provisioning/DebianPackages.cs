namespace Ecart.Embedded.Provisioning;

/// <summary>Programs that are fetched from Debian.</summary>
/// <param name="Key">Begins the names of their files in the cache folder.</param>
/// <param name="Title">Their name for people.</param>
/// <param name="Absence">What was looked for on this machine in vain: the beginning of a message.</param>
/// <param name="Suite">The Debian release they are taken from.</param>
/// <param name="Names">The packages; everything that these depend on comes along, down to the C library.</param>
/// <param name="MakeError">Makes the exception of a problem told in a sentence, with what else a person can do.</param>
internal sealed record DebianPackages(
    string Key, string Title, string Absence, string Suite, IReadOnlyList<string> Names, Func<string, Exception> MakeError);
