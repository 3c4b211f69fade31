namespace Ecart.Simulation;

/// <summary>What a simulated transaction really is.</summary>
public enum FraudKind : byte
{
    /// <summary>Genuine.</summary>
    None,

    /// <summary>Many quick purchases with a stolen card.</summary>
    StolenCardBurst,

    /// <summary>The card is present in two distant places within minutes.</summary>
    ImpossibleTravel,

    /// <summary>A stranger's device, online, amounts far above the account's own.</summary>
    AccountTakeover,

    /// <summary>A very large transfer.</summary>
    LargeWire,

    /// <summary>Cash withdrawals in the night.</summary>
    NightCashOut,

    /// <summary>Ordinary amounts at a merchant whose terminal is compromised: visible only by its history of confirmed fraud.</summary>
    CompromisedMerchant,

    /// <summary>Tiny online payments that try whether a card works.</summary>
    CardTesting,
}
