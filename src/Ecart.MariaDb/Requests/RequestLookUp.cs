namespace Ecart.MariaDb.Requests;

/// <summary>What became of an attempt to claim a request.</summary>
/// <param name="State">What is known of it.</param>
/// <param name="Claim">The claim, when it is to be carried out.</param>
/// <param name="Answer">The answer, when there is one.</param>
public sealed record RequestLookUp(RequestState State, RequestClaim? Claim, RequestAnswer? Answer);
