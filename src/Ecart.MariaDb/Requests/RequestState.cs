namespace Ecart.MariaDb.Requests;

/// <summary>What is known of a request under a key.</summary>
public enum RequestState
{
    /// <summary>Nothing: it is claimed now and is to be carried out.</summary>
    Claimed,

    /// <summary>It was carried out; here is its answer.</summary>
    Answered,

    /// <summary>It is being carried out.</summary>
    InFlight,

    /// <summary>The key was used for another request.</summary>
    KeyOfAnother,

    /// <summary>It was carried out, and its answer was lost when the service died.</summary>
    AnswerLost,
}
