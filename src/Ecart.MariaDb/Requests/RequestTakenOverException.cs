namespace Ecart.MariaDb.Requests;

/// <summary>A request was too slow: the same was sent again, and that one is carried out. What this one was about to change is rolled back.</summary>
public sealed class RequestTakenOverException() : Exception("The request was taken over by another with the same key.");
